/** A form ready to be sent. */
export interface FilledForm {
  readonly action: URL;
  readonly fields: URLSearchParams;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/**
 * Fills in the first form of a page: hidden fields go along as they are, others by their name.
 * @returns undefined when there is none to be posted, or a field is asked for that nobody knows
 */
export function fillForm(html: string, url: URL, values: Readonly<Record<string, string>>): FilledForm | undefined {
  const [, opening = '', content = ''] = /<form\b([^>]*)>([\s\S]*?)<\/form>/i.exec(html) ?? [];
  const form = attributesOf(opening);
  if (form.get('method')?.toLowerCase() !== 'post') return undefined;
  const fields = new URLSearchParams();
  for (const [, text = ''] of content.matchAll(/<input\b([^>]*)>/gi)) {
    const input = attributesOf(text);
    const name = input.get('name');
    const type = input.get('type') ?? 'text';
    if (name === undefined || type === 'submit') continue;
    const value = type === 'hidden' ? input.get('value') : values[name];
    if (value === undefined) return undefined;
    fields.append(name, value);
  }
  return { action: new URL(form.get('action') ?? '', url), fields };
}

function attributesOf(text: string): Map<string, string> {
  const pairs = text.matchAll(/([a-z-]+)(?:\s*=\s*"([^"]*)")?/gi);
  return new Map([...pairs].map(([, name = '', value = '']) => [name.toLowerCase(), decode(value)]));
}

function decode(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}
