/** As much of a browser as a sign-in needs: cookies, redirects and the form of the page; no script. */
export class Browser {
  /** Text and address of the page that is shown. */
  html = '';
  status = 0;
  private page = '';
  private readonly cookies = new Map<string, string>();

  /** @param home origin within which redirects are followed; where another one begins, the application takes over */
  constructor(private readonly home: string) {}

  /** @returns where the application would take over; undefined when a page is shown */
  async open(url: URL | string): Promise<URL | undefined> {
    return await this.follow(new URL(url, this.home), 'GET');
  }

  /** Fills the form of the page and sends it by the button of that name, or the first. */
  async submit(fields: Record<string, string>, button?: string): Promise<URL | undefined> {
    const action = /<form[^>]* action="([^"]*)"/.exec(this.html)?.[1] ?? '';
    const hidden = [...this.html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
    const body = new URLSearchParams(hidden.map(([, name = '', value = '']): [string, string] => [name, value]));
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    if (button !== undefined) body.set(button, 'yes');
    return await this.follow(new URL(action, this.page), 'POST', body);
  }

  private async follow(url: URL, method: string, body?: URLSearchParams): Promise<URL | undefined> {
    if (url.origin !== this.home) return url;
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { method, redirect: 'manual', headers: { cookie }, ...(body && { body }) });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    const location = response.headers.get('location');
    if (location !== null) return await this.follow(new URL(location, url), 'GET');
    this.page = url.href;
    this.status = response.status;
    this.html = await response.text();
    return undefined;
  }

  private keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
