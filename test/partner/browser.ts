import { ORIGIN, type PartnerHouse } from './partner-house.js';

/** A browser as far as a consent needs one: it keeps cookies, and follows what pages and redirects say, one step a call. */
export class Browser {
  private readonly cookies = new Map<string, string>();

  constructor(
    private readonly partners: PartnerHouse,
    /** Persona who is signed in; null for nobody. */
    person: string | null,
    /** Which of the gateways answers. */
    private readonly instance = 0,
  ) {
    if (person !== null) this.cookies.set('person', person);
  }

  signInAs(person: string): void {
    this.cookies.set('person', person);
  }

  async open(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.partners.send(path, { ...init, headers: { cookie, ...init.headers } }, this.instance);
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === '') this.cookies.delete(name!);
      else this.cookies.set(name!, value!);
    }
    return answer;
  }

  /** Begins at the partner's link and ends at the page that asks, the page in between included. */
  async begin(path: string): Promise<{ path: string; page: Response }> {
    const asked = await this.open(path);
    const desk = whereTo(asked);
    const between = await this.open(desk);
    const onward = /content="0;url=([^"]+)"/.exec(await between.text())?.[1];
    if (onward === undefined) throw new Error(`no way on from ${desk}: ${asked.status}`);
    const next = onward.replaceAll('&amp;', '&');
    return { path: next, page: await this.open(next) };
  }

  /** Sends the consent form. @returns where the partner's program is sent back to */
  async decide(page: string, decision: 'allow' | 'deny', headers: Record<string, string> = {}): Promise<URL> {
    const answer = await this.send(page, decision, headers);
    if (answer.status !== 303) throw new Error(`the form is refused: ${answer.status}`);
    return new URL((await this.open(whereTo(answer))).headers.get('location')!);
  }

  send(page: string, decision: string, headers: Record<string, string> = {}): Promise<Response> {
    const action = /action="([^"]+)"/.exec(page)![1]!;
    const token = /name="token" value="([^"]+)"/.exec(page)![1]!;
    const body = new URLSearchParams({ token, decision });
    return this.open(action, { method: 'POST', body, headers: { origin: ORIGIN, ...headers } });
  }

  /** All of it: the customer allows what the link asks for. @returns the code */
  async allow(path: string): Promise<string> {
    const { page } = await this.begin(path);
    const back = await this.decide(await page.text(), 'allow');
    const code = back.searchParams.get('code');
    if (code === null) throw new Error(`no code: ${back.search}`);
    return code;
  }
}

/** The path that a redirect leads to. */
export function whereTo(answer: Response): string {
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`no redirect but ${answer.status}`);
  const url = new URL(location, ORIGIN);
  return url.pathname + url.search;
}
