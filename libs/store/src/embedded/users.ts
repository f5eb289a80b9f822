import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './processes.js';

/** Who uses the server: one empty file each, named after the process. The last one to leave stops the server. */
export class ServerUsers {
  readonly folder: string;
  private readonly own = `${process.pid}.${randomBytes(4).toString('hex')}`;

  constructor(serverFolder: string) {
    this.folder = join(serverFolder, 'users');
  }

  enter(): void {
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(join(this.folder, this.own), '');
  }

  /** @returns whether someone else still uses the server; files of dead processes are removed on the way */
  leave(): boolean {
    rmSync(join(this.folder, this.own), { force: true });
    const others = readdirSync(this.folder);
    const dead = others.filter((name) => !isAlive(Number(name.split('.')[0])));
    for (const name of dead) rmSync(join(this.folder, name), { force: true });
    return others.length > dead.length;
  }
}
