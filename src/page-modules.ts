/**
 * Which modules each script of the build is made of, and how much of it each is: what benches and tests read to say
 * why a page weighs what it weighs.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { minifySync, type Plugin } from 'vite';

/** Where the build leaves the list, from the project's root. */
export const PAGE_MODULES = '.svelte-kit/page-modules.json';

/** By script, from the root of the site: modules, from the project's root, with their characters once minified. */
export type PageModules = Record<string, [module: string, length: number][]>;

export function pageModules(): Plugin {
	return {
		name: 'carnet-page-modules',
		apply: 'build',
		applyToEnvironment: ({ name }) => name === 'client',
		generateBundle: {
			order: 'pre',
			handler(_, bundle) {
				const list: PageModules = {};
				for (const chunk of Object.values(bundle)) {
					if (chunk.type !== 'chunk') continue;
					list[chunk.fileName] = Object.entries(chunk.modules).flatMap(([id, { code }]) =>
						code
							? [
									[
										relative('.', id),
										minifySync(id, code, { module: true, compress: false }).code.length
									] as [string, number]
								]
							: []
					);
				}
				mkdirSync(dirname(PAGE_MODULES), { recursive: true });
				writeFileSync(PAGE_MODULES, JSON.stringify(list));
			}
		}
	};
}
