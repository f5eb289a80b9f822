export { transit } from './transit.subsidiary.js';
