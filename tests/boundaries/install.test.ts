/** What `npm ci` needs to succeed on a machine that has Node, npm and git, and nothing to compile with. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
	version?: string;
	resolved?: string;
	optionalDependencies?: Record<string, string>;
}
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
	packages: Record<string, Locked>;
};

/** The entry that a package at `from` finds under `name`, as Node looks for it. */
function found(from: string, name: string): Locked | undefined {
	for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
		const entry = packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`];
		if (entry || at === '') return entry;
	}
}

test('the lockfile knows the optional packages of every platform', () => {
	// An npm that cannot see some of them in its registry writes a lockfile without them, then refuses it.
	const missing = Object.entries(packages).flatMap(([from, entry]) =>
		Object.keys(entry.optionalDependencies ?? {})
			.filter((name) => !found(from, name))
			.map((name) => `${from} → ${name}`)
	);
	expect(missing).toEqual([]);
});

test('nothing is locked to an address or without a version', () => {
	for (const [path, entry] of Object.entries(packages)) {
		if (path !== '') expect(entry.version, path).toMatch(/^\d/);
		expect(entry.resolved ?? 'https://registry.npmjs.org/', path).toMatch(
			/^https:\/\/registry\.npmjs\.org\//
		);
	}
});

test('no package runs a script when it is installed', () => {
	expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
});

test('every version is pinned', () => {
	const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
		'dependencies' | 'devDependencies' | 'optionalDependencies' | 'overrides',
		Record<string, string>
	>;
	for (const kind of [
		'dependencies',
		'devDependencies',
		'optionalDependencies',
		'overrides'
	] as const)
		for (const [name, version] of Object.entries(manifest[kind]))
			expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
});
