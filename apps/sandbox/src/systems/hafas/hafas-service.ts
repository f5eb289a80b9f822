import type { RequestReader } from './request-reader.js';

/**
 * One method of mgate: from its request to the `res` of its result.
 * @param now epoch milliseconds on the sandbox's clock
 * @throws ServiceFault for what HAFAS refuses, MessageFault for a field of the wrong type
 */
export type HafasService = (request: RequestReader, now: number) => Readonly<Record<string, unknown>>;
