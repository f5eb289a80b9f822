/**
 * Text without the HTML that some senders put into OpenImmo's free texts: line breaks and paragraphs become line ends,
 * other tags go. Null when nothing is left. It is still text of someone else: to be escaped where it is shown.
 */
export function plainText(text: string | null): string | null {
  if (text === null) return null;
  const lines = text.replace(/<(?:br|p|li|div)\b[^<>]{0,200}>/gi, '\n').replace(/<\/?[a-z][^<>]{0,200}>/gi, '');
  return lines.replace(/\n{3,}/g, '\n\n').trim() || null;
}
