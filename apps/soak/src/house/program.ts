import { fork, type ChildProcess } from 'node:child_process';

/** Time for a program to say that it is ready, and to stop by itself, on a busy machine. */
const START_MS = 90_000;
const STOP_MS = 12_000;

export interface ProgramOptions {
  /** Path of the compiled module. */
  readonly module: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Options of Node itself. */
  readonly nodeOptions?: readonly string[];
  /** File descriptor that takes what it prints. */
  readonly output: number;
}

/** Programs of this run that have not ended; ended with this process, however it ends. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A program of the house in a process of its own. */
export class Program {
  /** Resolves when it has ended, however. */
  readonly ended: Promise<void>;

  private constructor(private readonly child: ChildProcess) {
    running.add(child);
    this.ended = new Promise((resolve) =>
      child.once('exit', () => {
        running.delete(child);
        resolve();
      }),
    );
  }

  /** Starts without waiting for anything. */
  static launch({ module, environment, nodeOptions = [], output }: ProgramOptions): Program {
    const child = fork(module, [], {
      env: { ...process.env, ...environment },
      execArgv: [...nodeOptions, '--no-warnings'],
      stdio: ['ignore', output, output, 'ipc'],
    });
    return new Program(child);
  }

  get lives(): boolean {
    return running.has(this.child);
  }

  /** Its next message. @throws Error when it ends before, or takes longer */
  async hear<Message>(milliseconds = START_MS): Promise<Message> {
    const said = new Promise<Message>((resolve) =>
      this.child.once('message', (message) => resolve(message as Message)),
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), milliseconds)));
    const first = await Promise.race([said, late, this.ended.then(() => 'ended' as const)]);
    clearTimeout(timer);
    if (first === 'late' || first === 'ended') throw new Error(`a program says nothing (${first})`);
    return first as Message;
  }

  /** Sends it a message and waits for what it says next. */
  ask<Message>(question: object, milliseconds: number): Promise<Message> {
    const answer = this.hear<Message>(milliseconds);
    this.child.send(question);
    return answer;
  }

  /** Ends it in good order, or, when that takes too long, at once. */
  async stop(): Promise<void> {
    if (!this.lives) return;
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    await this.ended;
    clearTimeout(timer);
  }
}
