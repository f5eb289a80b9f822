import { Module } from '@nestjs/common';
import { AnswerReuse } from './answer-reuse.js';

/** The reuse of answers, for the edge and for the graph; needs CLOCK, ScopeFactory, CustomerAccess and its settings. */
@Module({ providers: [AnswerReuse], exports: [AnswerReuse] })
export class ReuseModule {}
