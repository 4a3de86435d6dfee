/** `npm run fuzz -- import …`: each kind of bad input has a file here that reads the rest of the command line itself. */
import { argv } from 'node:process';

const [what = ''] = argv.slice(2);
if (what === 'import') await import('./import.ts');
else if (what === 'pipelines') await import('./pipelines.ts');
else if (what === 'convergence') await import('./convergence.ts');
else if (what === 'collab') await import('./collab.ts');
else {
	console.error('npm run fuzz -- import [--count 1000] [--seed N] [--no-bombs]');
	console.error('npm run fuzz -- pipelines [--times 4]');
	console.error('npm run fuzz -- convergence [--seeds 10000] [--from 0]');
	console.error('npm run fuzz -- collab [--mutants 10000] [--no-mutants]');
	process.exit(2);
}

export {};
