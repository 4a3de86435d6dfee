/**
 * The browser that the tests drive: the system's Chromium where there is one. Where there is none it is
 * installed: Debian's package when we may (root, apt), else the one that Playwright brings. Most tests drive it without
 * its window, which takes a fifth less time; what attacks it is tried in the browser that people have.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const SHELL = 'chromium-headless-shell';
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** What Playwright switches off itself: the browser heeds the last of such lists only. */
const PLAYWRIGHT_DISABLES = [
	'AvoidUnnecessaryBeforeUnloadCheckSync',
	'DestroyProfileOnBrowserClose',
	'HttpsUpgrades',
	'HttpsFirstBalancedModeAutoEnable',
	'LensOverlay',
	'MediaRouter',
	'PaintHolding',
	'ThirdPartyStoragePartitioning',
	'AvoidCorsURLLoaderRestartOnRedirect',
	'TcpPortRandomizationWin',
	'OptimizationHints',
	'NetworkTimeServiceQuerying',
	'AimEnabled',
	'PreconnectToSearch'
];

/**
 * The parts of the browser's own window that are pages themselves, each with a process, in every context: nobody sees
 * them, and they take a tenth of the processor's time.
 */
const WINDOW_OF_PAGES = [
	'InitialWebUI',
	'PreloadTopChromeWebUI',
	'WebUIToolbar',
	'WebUIReloadButton',
	'WebUIBackForwardButton',
	'WebUILocationBar',
	'WebUIAvatarButton',
	'WebUIOmniboxPopup',
	'WebUIOmniboxFullPopup',
	'WebUIOmniboxAimPopup'
];

/** Nothing in the tests may reach further than this machine; a sandboxed root has no Chromium sandbox. */
export const CHROMIUM_ARGS = [
	...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
	'--disable-gpu',
	'--disable-quic',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	`--disable-features=${[...PLAYWRIGHT_DISABLES, ...WINDOW_OF_PAGES].join(',')}`
];

/** Path of the first program of these names that is here, or null. */
function findProgram(names: readonly string[]): string | null {
	for (const folder of (process.env.PATH ?? '').split(delimiter))
		for (const name of names) {
			const path = join(folder, name);
			if (existsSync(path)) return path;
		}
	return null;
}

function findChromium(): string | null {
	const own = chromium.executablePath();
	return findProgram(NAMES) ?? (existsSync(own) ? own : null);
}

/** Path of a Chromium without its window, installed where Debian has it; of the whole one elsewhere. */
export function ensureShell(): string {
	// Told to the runner's other processes, so that what cannot be installed is tried once.
	const { CARNET_TEST_SHELL: known } = process.env;
	if (known) return known;
	const shell =
		findProgram([SHELL]) ?? (installs(SHELL) ? findProgram([SHELL]) : null) ?? ensureChromium();
	process.env.CARNET_TEST_SHELL = shell;
	return shell;
}

/** Path of a Chromium, installed if there is none. Throws with what was tried. */
export function ensureChromium(): string {
	const found = findChromium();
	if (found) return found;
	const installed = installs('chromium') ? findChromium() : null;
	if (installed) return installed;
	console.log('No Chromium found: installing Playwright’s own…');
	const cli = join('node_modules', '@playwright', 'test', 'cli.js');
	runs(process.execPath, [cli, 'install', 'chromium'], process.env, 'inherit');
	const own = findChromium();
	if (own) return own;
	throw new Error(
		'No Chromium could be found or installed. Install the package "chromium", or run "npx playwright install --with-deps chromium".'
	);
}

/** Installs a package of Debian's, if we may. */
function installs(name: string): boolean {
	if (process.getuid?.() !== 0 || !runs('apt-get', ['--version'])) return false;
	console.log(`No ${name} found: installing Debian’s package…`);
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const install = ['install', '--yes', '--no-install-recommends', name];
	return (
		runs('apt-get', install, env) ||
		(runs('apt-get', ['update'], env) && runs('apt-get', install, env))
	);
}

function runs(
	command: string,
	args: readonly string[],
	env: NodeJS.ProcessEnv = process.env,
	stdio: 'ignore' | 'inherit' = 'ignore'
): boolean {
	return spawnSync(command, args, { env, stdio }).status === 0;
}
