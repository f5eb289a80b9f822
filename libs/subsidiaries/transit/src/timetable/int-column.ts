/** A column of 32-bit whole numbers that grows while a file is read. */
export class IntColumn {
  private numbers = new Int32Array(1024);
  private used = 0;

  push(value: number): void {
    if (this.used === this.numbers.length) {
      const larger = new Int32Array(this.numbers.length * 2);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers[this.used] = value;
    this.used += 1;
  }

  get length(): number {
    return this.used;
  }

  at(index: number): number {
    return this.numbers[index] as number;
  }

  toUnsigned(): Uint32Array {
    return Uint32Array.from(this.numbers.subarray(0, this.used));
  }
}
