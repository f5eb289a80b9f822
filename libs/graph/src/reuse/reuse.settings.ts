import { Type } from 'class-transformer';
import { IsInt, Min } from 'class-validator';
import { FromEnv } from '#lib/config';

export class ReuseSettings {
  /** Bound of the finished answers in memory, in bytes; 0 keeps none. A dashboard has some 5 kB. */
  @FromEnv('ANSWER_BYTES', { default: '16777216' })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  answerBytes: number;
}
