export { energy } from './energy.subsidiary.js';
