export { readDeclaration } from './read-declaration.ts';
