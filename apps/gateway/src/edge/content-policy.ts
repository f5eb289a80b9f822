const COMMON = "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Data, and pages that need nothing: whatever gets into them, no browser runs or loads it. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The partners' documentation: its own files, and a style inside the page. */
const DOCUMENTATION = `default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; ${COMMON}`;

/** GraphiQL is one page with everything inside; it is there in sandbox mode only. */
const GRAPHIQL = [
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:",
  `worker-src blob: data:; connect-src 'self'; ${COMMON}`,
].join('; ');

/** What a browser may do with the answer (Content Security Policy); pages with needs of their own send their own. */
export function policyOf(url: string, contentType: string): string {
  if (url.startsWith('/partner/v1/docs')) return DOCUMENTATION;
  if (url.startsWith('/graphql') && contentType.startsWith('text/html')) return GRAPHIQL;
  return NOTHING;
}
