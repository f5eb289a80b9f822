import { CookieJar } from './cookie-jar.js';
import { exchange, type Answer, type Ask } from './exchange.js';
import { fillForm } from './form.js';

/** Sign-ins need about ten. */
const MOST_REDIRECTS = 25;
/** Name and password, a code, and room for a wrong turn. */
const MOST_FORMS = 5;

/** Where a window has landed. */
export interface Landing {
  readonly url: URL;
  /** Null when the address was to be stopped before. */
  readonly page: Answer | null;
}

/** A browser as far as a sign-in needs one: cookies, redirects and forms. */
export class Browser {
  /** @param watch is told of every answer */
  constructor(
    private readonly watch: (answer: Answer) => void,
    readonly jar = new CookieJar(),
  ) {}

  async send(url: URL, ask: Ask = {}): Promise<Answer> {
    const cookie = this.jar.header(url);
    const answer = await exchange(url, {
      ...ask,
      headers: { ...(cookie !== undefined && { cookie }), ...ask.headers },
    });
    this.jar.keep(url, answer.cookies);
    this.watch(answer);
    return answer;
  }

  /** Follows redirects until a page comes, or an address for which `stopAt` is true; that one is not visited. */
  async follow(start: URL, stopAt: (url: URL) => boolean): Promise<Landing> {
    let url = start;
    for (let step = 0; step < MOST_REDIRECTS; step += 1) {
      if (stopAt(url)) return { url, page: null };
      const answer = await this.send(url);
      if (answer.location === undefined || answer.status < 300 || answer.status > 399) return { url, page: answer };
      url = answer.location;
    }
    throw new Error(`the redirects from ${start.origin} do not end`);
  }

  /** Fills in the forms that come one after the other, until `stopAt`. @throws Error at a page that has no such form */
  async fillIn(start: URL, values: Readonly<Record<string, string>>, stopAt: (url: URL) => boolean): Promise<URL> {
    let landing = await this.follow(start, stopAt);
    for (let form = 0; landing.page !== null; form += 1) {
      const filled = fillForm(landing.page.body, landing.url, values);
      if (filled === undefined || form === MOST_FORMS) {
        throw new Error(`the sign-in stops at ${landing.url.origin}${landing.url.pathname} (${landing.page.status})`);
      }
      const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: landing.url.origin };
      const answer = await this.send(filled.action, { method: 'POST', headers, body: filled.fields.toString() });
      if (answer.location === undefined) landing = { url: filled.action, page: answer };
      else landing = await this.follow(answer.location, stopAt);
    }
    return landing.url;
  }

  /** The same browser as it is now, as a second one. */
  copy(): Browser {
    return new Browser(this.watch, this.jar.copy());
  }
}
