import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Time for a program to say that it is ready, on a busy machine. */
const START_MS = 60_000;
/** Time for an answer of a program that is busy with requests. */
const REPLY_MS = 20_000;
/** Time to stop by itself. */
const STOP_MS = 3_000;

const PROBE = pathToFileURL(join(import.meta.dirname, '../probe.js')).href;

export interface ProgramOptions {
  /** Path of the module that Node runs. */
  readonly module: string;
  readonly args?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** File descriptor that takes what it prints. */
  readonly output: number;
}

/** What a program has used since it began. */
export interface Usage {
  readonly cpuMs: number;
  /** Resident memory in bytes. */
  readonly rss: number;
  readonly heapUsed: number;
  /** Port → requests that came in there. */
  readonly requests: ReadonlyMap<number, number>;
}

/** Programs of this run that have not ended; ended with this process, however it ends. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A program in a process of its own, with the probe in it. */
export class Program {
  private readonly ended: Promise<void>;
  private questions = 0;

  private constructor(private readonly child: ChildProcess) {
    running.add(child);
    child.setMaxListeners(0);
    this.ended = new Promise((resolve) =>
      child.once('exit', () => {
        running.delete(child);
        resolve();
      }),
    );
  }

  /** Starts without waiting for anything. */
  static launch({ module, args = [], environment, output }: ProgramOptions): Program {
    const child = fork(module, [...args], {
      env: { ...process.env, NODE_ENV: 'production', ...environment },
      execArgv: ['--expose-gc', '--no-warnings', '--import', PROBE],
      stdio: ['ignore', output, output, 'ipc'],
    });
    return new Program(child);
  }

  /** Its message that it is ready. @throws Error when it ends before, or takes too long */
  ready<Message extends object>(): Promise<Message> {
    return this.hear((message): message is Message => 'ready' in message, START_MS);
  }

  /** @param tidy whether it first collects its garbage. @throws Error when it does not answer */
  async usage({ tidy = false } = {}): Promise<Usage> {
    this.questions += 1;
    const probe = this.questions;
    type Told = Omit<Usage, 'requests'> & { probe: number; requests: [number, number][] };
    const told = this.hear((message): message is Told => (message as Partial<Told>).probe === probe, REPLY_MS);
    this.child.send({ probe, tidy });
    const { cpuMs, rss, heapUsed, requests } = await told;
    return { cpuMs, rss, heapUsed, requests: new Map(requests) };
  }

  /** Hands something over and waits until it says that it has it. */
  async tell(message: object): Promise<void> {
    const taken = this.hear((answer): answer is { taken: number } => 'taken' in answer, REPLY_MS);
    this.child.send(message);
    await taken;
  }

  /** Ends it in good order, or, when that takes too long, at once. */
  async stop(): Promise<void> {
    if (!running.has(this.child)) return;
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    await this.ended;
    clearTimeout(timer);
  }

  private async hear<Message extends object>(
    isMeant: (message: object) => message is Message,
    milliseconds: number,
  ): Promise<Message> {
    let timer: NodeJS.Timeout | undefined;
    let listener: (message: unknown) => void = () => undefined;
    const heard = new Promise<Message>((resolve) => {
      listener = (message) => {
        if (isMeant(message as object)) resolve(message as Message);
      };
      this.child.on('message', listener);
    });
    const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), milliseconds)));
    const first = await Promise.race([heard, late, this.ended.then(() => 'ended' as const)]);
    clearTimeout(timer);
    this.child.off('message', listener);
    if (first === 'late' || first === 'ended') throw new Error(`a program of the bench does not answer (${first})`);
    return first;
  }
}
