import { ensureInstalled } from './project.mjs';

ensureInstalled();
