/** One file for them all: the first page loads the name of each file that a route may need. */
export { VariablesPage } from '../features/variables/VariablesPage.tsx';
