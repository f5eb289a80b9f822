/** `acr` of tokens after a second factor, and `acr_values` of those who ask for it. A sign-in without has no `acr`. */
export const SECOND_FACTOR = 'urn:saaltor:mfa';

/** The code that is always right. */
export const SECOND_FACTOR_CODE = '123456';

/** Whether an authorization request asks for the second factor. */
export function asksForSecondFactor(params: Readonly<Record<string, unknown>> | undefined): boolean {
  const asked = params?.['acr_values'];
  return typeof asked === 'string' && asked.split(' ').includes(SECOND_FACTOR);
}
