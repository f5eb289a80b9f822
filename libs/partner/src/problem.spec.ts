import { BadRequestException, NotFoundException, type ArgumentMetadata } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsInt, Max, ValidateNested } from 'class-validator';
import { AppError, ERROR_CODES } from '#lib/kernel';
import { inputPipe } from './input.pipe.js';
import { problemOf } from './problem.js';
import { toAppError } from './to-app-error.js';

class Inner {
  @IsInt()
  @Max(3)
  depth: number;
}

class Query {
  @Type(() => Inner)
  @ValidateNested()
  inner: Inner;
}

describe('problems', () => {
  it('carry type, title, status, code and the facts, and never the message for developers', () => {
    const error = new AppError('NOT_FOUND', 'row 17 of table x', { path: 'id' });
    expect(problemOf(error, 'en')).toEqual({
      type: 'urn:saaltor:problem:not-found',
      title: 'What you are looking for was not found.',
      status: 404,
      code: 'NOT_FOUND',
      path: 'id',
    });
  });

  it.each(ERROR_CODES)('give %s an error status', (code) => {
    expect(problemOf(new AppError(code, ''), 'de').status).toBeGreaterThanOrEqual(400);
  });
});

describe('what was thrown on the way', () => {
  it.each([
    [new AppError('CONFLICT', 'x'), 'CONFLICT'],
    [new NotFoundException(), 'NOT_FOUND'],
    [new BadRequestException('no'), 'INVALID_INPUT'],
    [Object.assign(new Error('too large'), { statusCode: 413 }), 'INVALID_INPUT'],
    [Object.assign(new Error('?'), { statusCode: 503 }), 'INTERNAL'],
    [new TypeError('bug'), 'INTERNAL'],
    ['text', 'INTERNAL'],
    [undefined, 'INTERNAL'],
  ])('%p is %s', (thrown, code) => {
    expect(toAppError(thrown).code).toBe(code);
  });
});

describe('input of partners', () => {
  const metadata: ArgumentMetadata = { type: 'query', metatype: Query };

  it('is refused with the path of the first mistake, without its value', async () => {
    const input = inputPipe.transform({ inner: { depth: 'secret' } }, metadata);
    await expect(input).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { path: 'inner.depth' } });
    await expect(input).rejects.not.toThrow(/secret/);
  });

  it('is refused when it has members nobody asked for', async () => {
    await expect(inputPipe.transform({ inner: { depth: 1 }, extra: 1 }, metadata)).rejects.toMatchObject({
      details: { path: 'extra' },
    });
  });

  it('comes as its class when it is right', async () => {
    expect(await inputPipe.transform({ inner: { depth: 1 } }, metadata)).toBeInstanceOf(Query);
  });
});
