import { applyDecorators, Controller, UseFilters, UseGuards, UsePipes } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { inputPipe } from './input.pipe.js';
import { ProblemFilter } from './problem.filter.js';
import { ScopeGuard } from './scope.guard.js';

/**
 * A REST controller for partners under `/partner/v1/<subsidiary>`: opens the request's scope, validates query,
 * path and body against their classes, and answers failures as RFC 9457 problems.
 */
export function PartnerController(subsidiary: string): ClassDecorator {
  return applyDecorators(
    Controller(`partner/v1/${subsidiary}`),
    ApiTags(subsidiary),
    UseGuards(ScopeGuard),
    UsePipes(inputPipe),
    UseFilters(ProblemFilter),
  );
}
