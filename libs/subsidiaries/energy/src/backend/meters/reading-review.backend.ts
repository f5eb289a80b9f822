import { Injectable } from '@nestjs/common';
import type { UpstreamCall } from '#lib/upstream';
import type { ReadingDecision } from '../../model/meters/reading-review.js';
import { SapGateway } from '../sap/sap-gateway.js';
import type { Written } from '../sap/write-answer.js';
import { readingStatusRequest } from './write-reading-status.js';

/** What agents decide about single readings. */
@Injectable()
export class ReadingReviewBackend {
  constructor(private readonly sap: SapGateway) {}

  /** Has an effect: only inside `Upstream.write`. @throws AppError as `readWritten` */
  decide(reading: string, decision: ReadingDecision, call: UpstreamCall): Promise<Written> {
    return this.sap.write(readingStatusRequest(reading, decision), call);
  }
}
