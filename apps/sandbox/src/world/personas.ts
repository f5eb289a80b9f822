import type { HouseholdPlan } from './household-plan.js';
import { AYLIN } from './personas/aylin.js';
import { ERIKA } from './personas/erika.js';
import { JANA } from './personas/jana.js';
import { KARL } from './personas/karl.js';
import { KIM } from './personas/kim.js';
import { LENA } from './personas/lena.js';
import { MANDY } from './personas/mandy.js';
import { MINH } from './personas/minh.js';
import { OTTO } from './personas/otto.js';
import { PETRA } from './personas/petra.js';
import { SABINE } from './personas/sabine.js';
import { UWE } from './personas/uwe.js';

/** The household whose energy system never answers properly; its fault survives every reset. */
export const ALWAYS_DOWN = UWE.number;

/**
 * The twelve people by name, in the order of their numbers from 1. Nobody of them lives; `.example` and `example.org`
 * addresses reach no one.
 */
export const PERSONAS: readonly HouseholdPlan[] = [
  LENA,
  AYLIN,
  ERIKA,
  KIM,
  MANDY,
  UWE,
  PETRA,
  KARL,
  SABINE,
  MINH,
  JANA,
  OTTO,
];
