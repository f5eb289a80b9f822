import { LetterDispatch, type CodeLetter } from '#lib/customer';
import type { SandboxControl } from './sandbox-control.js';

/** Puts letters into the sandbox's tray, where anyone can read them: GET /letters on its control endpoint. */
export class SandboxLetters extends LetterDispatch {
  constructor(private readonly control: SandboxControl) {
    super();
  }

  async send(letter: CodeLetter): Promise<void> {
    await this.control.ask('POST', '/letters', letter);
  }
}
