import { applyDecorators, Controller, UseFilters, UsePipes } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { inputPipe } from './input.pipe.js';
import { ProblemFilter } from './problem.filter.js';

/**
 * A REST controller for partners under `/partner/v1/<subsidiary>`: validates query,
 * path and body against their classes, and answers failures as RFC 9457 problems.
 */
export function PartnerController(subsidiary: string): ClassDecorator {
  return applyDecorators(
    Controller(`partner/v1/${subsidiary}`),
    ApiTags(subsidiary),
    UsePipes(inputPipe),
    UseFilters(ProblemFilter),
  );
}
