import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { AppError } from '#lib/kernel';

/** Turns query, path and body into their classes; unknown members are refused by name. */
export const inputPipe = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  validationError: { target: false, value: false },
  exceptionFactory: (errors) => invalidInput(errors[0]),
});

function invalidInput(error: ValidationError | undefined): AppError {
  const place: string[] = [];
  let at = error;
  while (at) {
    place.push(at.property);
    const reason = Object.values(at.constraints ?? {})[0];
    if (reason !== undefined || !at.children?.[0]) {
      return new AppError('INVALID_INPUT', 'the input is refused', { path: place.join('.'), reason });
    }
    at = at.children[0];
  }
  return new AppError('INVALID_INPUT', 'the input is refused');
}
