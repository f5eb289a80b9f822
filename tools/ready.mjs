// Before the tests: installed, and built once, so that no two tests build at the same time.
import { ensureBuilt, ensureInstalled } from './project.mjs';

ensureInstalled();
ensureBuilt();
