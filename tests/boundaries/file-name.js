/** The lint rule on names: kebab-case modules, PascalCase components, and no drawer where anything goes. */
import { basename, dirname, extname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const DRAWER = /^(utils?|helpers?|types|stores?|misc|common|shared)$/;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const PASCAL = /^[A-Z][A-Za-z0-9]*$/;
const ROLE = /\.(test|spec|svelte|server|client|config|d)$/;

/**
 * What is wrong with a path's name, or null.
 * @param {string} path from the root, with slashes
 * @returns {string | null}
 */
export function misnamed(path) {
	const file = basename(path);
	const extension = extname(file);
	const stem = file.slice(0, -extension.length).replace(ROLE, '');
	for (const part of [...path.split('/').slice(0, -1), stem])
		if (DRAWER.test(part)) return `“${part}” is a drawer: name what is in it.`;
	// Kit's own file names.
	if (file.startsWith('+')) return null;
	if (extension === '.svelte')
		return PASCAL.test(stem) ? null : 'A component is PascalCase.svelte.';
	return KEBAB.test(stem) ? null : 'A module is kebab-case.';
}

/** @type {import('eslint').Rule.RuleModule} */
export const rule = {
	meta: { type: 'suggestion', schema: [], messages: { name: '{{why}}' } },
	create(context) {
		const why = misnamed(relative(ROOT, context.filename).replaceAll(sep, '/'));
		return why
			? { Program: (node) => context.report({ node, messageId: 'name', data: { why } }) }
			: {};
	}
};
