const STYLE = `
  body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 30rem; margin: 3rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff; }
  label { display: block; margin-top: 1rem; font-weight: 600; }
  input { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; border: 2px solid #595959; border-radius: .25rem; color: #1b1b1b; background: #fff; }
  button { font: inherit; padding: .6rem 1.2rem; border: 2px solid #00527a; border-radius: .25rem; color: #fff; background: #00527a; }
  button.second { color: #00527a; background: #fff; }
  a { color: #00527a; }
  .buttons { display: flex; flex-wrap: wrap; gap: 1rem; margin-top: 1.5rem; }
  a:focus-visible, input:focus-visible, button:focus-visible { outline: 3px solid #b35900; outline-offset: 2px; }
  .error { padding: .75rem; border-left: .4rem solid #b00020; background: #fdecee; }`;

/** A whole page in German, with colours of at least 4.5 : 1 and without script. `body` is HTML. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="de">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(title)} - Test-Kundencenter</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>${body}</main>
  </body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
