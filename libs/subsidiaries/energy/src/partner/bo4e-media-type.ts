/** Business objects of BO4E as JSON; a vendor type of ours, for the standard has registered none. */
export const BO4E_MEDIA_TYPE = 'application/vnd.bo4e+json';

const JSON_TYPE = 'application/json';
const LONGEST_HEADER = 1_000;

/** Whether a caller would rather have BO4E than our own JSON (RFC 9110, section 12.5.1); only by its exact name. */
export function prefersBo4e(accept: string | undefined): boolean {
  const header = (accept ?? '').slice(0, LONGEST_HEADER);
  const bo4e = qualityOf(BO4E_MEDIA_TYPE, header);
  return bo4e > 0 && bo4e >= qualityOf(JSON_TYPE, header);
}

/** 0 to 1; 0 where the type is not named. */
function qualityOf(type: string, accept: string): number {
  for (const range of accept.split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    if (name !== type) continue;
    const quality = parameters.map((parameter) => /^q=([01](?:\.\d{1,3})?)$/.exec(parameter)?.[1]).find(Boolean);
    return Number(quality ?? '1');
  }
  return 0;
}
