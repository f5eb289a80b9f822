export { pools } from './pools.subsidiary.js';
