import { fork, type ChildProcess } from 'node:child_process';

/** Time for a program to say that it is ready, on a busy machine. */
const START_MS = 60_000;
/** Time to stop by itself. */
const STOP_MS = 8_000;

export interface ProgramOptions {
  /** Path of the compiled module. */
  readonly module: string;
  readonly environment: Readonly<Record<string, string>>;
  /** URLs of modules that are loaded before it. */
  readonly beside?: readonly string[];
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
  static launch({ module, environment, beside = [], output }: ProgramOptions): Program {
    const child = fork(module, [], {
      env: { ...process.env, ...environment },
      execArgv: [...beside.flatMap((url) => ['--import', url]), '--no-warnings'],
      stdio: ['ignore', output, output, 'ipc'],
    });
    return new Program(child);
  }

  get pid(): number {
    return this.child.pid ?? -1;
  }

  get lives(): boolean {
    return running.has(this.child);
  }

  /** Its message that it is ready. @throws Error when it ends before, or takes too long */
  async ready<Message>(): Promise<Message> {
    const said = new Promise<Message>((resolve) =>
      this.child.once('message', (message) => resolve(message as Message)),
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), START_MS)));
    const first = await Promise.race([said, late, this.ended.then(() => 'ended' as const)]);
    clearTimeout(timer);
    if (first === 'late' || first === 'ended') throw new Error(`a program did not start (${first})`);
    return first as Message;
  }

  /** Sends a signal; SIGKILL, SIGSTOP and SIGCONT cannot be refused. */
  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Ends it in good order, or, when that takes too long, at once. */
  async stop(): Promise<void> {
    if (!this.lives) return;
    this.signal('SIGCONT');
    this.signal('SIGTERM');
    const timer = setTimeout(() => this.signal('SIGKILL'), STOP_MS);
    await this.ended;
    clearTimeout(timer);
  }
}
