import { Type } from 'class-transformer';
import { IsInt, IsNotEmpty, IsOptional, Matches, Max, Min } from 'class-validator';
import { FromEnv } from '#lib/config';

export class StoreSettings {
  /** A PostgreSQL server of yours. Without it the store starts its own, embedded one. Holds a password. */
  @FromEnv('DATABASE_URL', { secret: true })
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/\S+$/, { message: '$property must look like postgres://user:password@host:5432/name' })
  databaseUrl?: string;

  /** Folder of the embedded server, absolute or below the working directory; unused with a DATABASE_URL. */
  @FromEnv('SAALTOR_DATA', { default: '.saaltor/postgres' })
  @IsNotEmpty()
  dataFolder: string;

  /** Most connections of this process for queries; one more listens for notices. */
  @FromEnv('STORE_CONNECTIONS', { default: '10' })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  connections: number;

  /** Longest time of one statement, in milliseconds. */
  @FromEnv('STORE_STATEMENT_MS', { default: '5000' })
  @Type(() => Number)
  @IsInt()
  @Min(100)
  @Max(60_000)
  statementMs: number;

  /** Longest time a start waits for the database, in milliseconds. */
  @FromEnv('STORE_START_MS', { default: '30000' })
  @Type(() => Number)
  @IsInt()
  @Min(100)
  @Max(600_000)
  startMs: number;
}
