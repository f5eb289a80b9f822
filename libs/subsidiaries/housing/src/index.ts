export { housing } from './housing.subsidiary.js';
