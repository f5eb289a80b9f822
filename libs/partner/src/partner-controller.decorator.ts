import { applyDecorators, Controller, UseFilters, UseInterceptors, UsePipes } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { inputPipe } from './input.pipe.js';
import { PersonalAnswers } from './personal-answers.interceptor.js';
import { ProblemFilter } from './problem.filter.js';

/**
 * A REST controller for partners under `/partner/v1/<subsidiary>`: validates query,
 * path and body against their classes, keeps answers from leaving under rights that have ended, and answers failures
 * as RFC 9457 problems. Routes are declared with `PartnerRoute`.
 */
export function PartnerController(subsidiary: string): ClassDecorator {
  return applyDecorators(
    Controller(`partner/v1/${subsidiary}`),
    ApiTags(subsidiary),
    UsePipes(inputPipe),
    UseFilters(ProblemFilter),
    UseInterceptors(PersonalAnswers),
  );
}
