import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeMoment, type Moment } from './moment.js';
import { Program } from './program.js';

const GATEWAY = join(import.meta.dirname, '../../../gateway/src/main.js');
const HOOK = pathToFileURL(join(import.meta.dirname, 'step-hook.js')).href;

/** What is done to an instance at a moment of its own choosing. */
export interface Fate {
  readonly dieAt?: Moment;
  readonly stopAt?: Moment;
}

/** One place for a gateway that answers requests and carries processes out; whoever stands there may be replaced. */
export class Instance {
  /** Whether requests should go there. */
  open = false;
  private program: Program | undefined;
  private address = '';

  constructor(
    private readonly environment: Readonly<Record<string, string>>,
    private readonly stepLog: string,
    private readonly output: number,
  ) {}

  /** Where its GraphQL is. */
  get url(): string {
    return this.address;
  }

  get pid(): number {
    return this.program?.pid ?? -1;
  }

  get lives(): boolean {
    return this.program?.lives === true;
  }

  /** @throws Error when it does not start */
  async start({ dieAt, stopAt }: Fate = {}): Promise<void> {
    const program = Program.launch({
      module: GATEWAY,
      beside: [HOOK],
      output: this.output,
      environment: {
        ...this.environment,
        PORT: '0',
        SAALTOR_ROLES: 'web,worker',
        SAALTOR_STEP_LOG: this.stepLog,
        ...(dieAt && { SAALTOR_DIE_AT: writeMoment(dieAt) }),
        ...(stopAt && { SAALTOR_STOP_AT: writeMoment(stopAt) }),
      },
    });
    this.program = program;
    void program.ended.then(() => {
      if (this.program === program) this.open = false;
    });
    const { url } = await program.ready<{ url: string }>();
    this.address = `${url}/graphql`;
    this.open = program.lives;
  }

  /** Dead as soon as this resolves, in the middle of whatever it did. */
  async kill(): Promise<void> {
    this.open = false;
    this.program?.signal('SIGKILL');
    await this.program?.ended;
  }

  /** Lets it go on where it stood still. */
  wake(): void {
    this.program?.signal('SIGCONT');
    this.open = this.lives;
  }
}
