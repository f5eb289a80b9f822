/** Keeps each text once and knows it by its number. 0 stands for no text. */
export class TextPool {
  private readonly numbers = new Map<string, number>();
  readonly texts: string[] = [''];

  numberOf(text: string | null): number {
    if (text === null) return 0;
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const number = this.texts.push(text) - 1;
    this.numbers.set(text, number);
    return number;
  }
}
