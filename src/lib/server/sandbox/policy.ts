/** The sandbox frame's own headers. Each line was tried against a listener: see the attack tests. */

export const SANDBOX_PATH = '/sandbox/frame';

/**
 * - `sandbox allow-scripts`: an opaque origin (no cookie, no storage) even if the page's attribute were lost;
 * - a hash and not a nonce: code made by eval inherits a nonce, and `import()` then gets out;
 * - `'unsafe-eval'`: what the worker is for; it inherits this policy with its blob;
 * - `frame-ancestors 'self'`: nobody else borrows the frame.
 */
export function framePolicy(bootHash: string): string {
	return [
		'sandbox allow-scripts',
		"default-src 'none'",
		`script-src 'sha256-${bootHash}' 'unsafe-eval'`,
		'worker-src blob:',
		"connect-src 'none'",
		"style-src 'unsafe-inline'",
		'img-src data: blob:',
		'font-src data:',
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'self'"
	].join('; ');
}

/** Features that neither the pages nor the frame use, all closed. */
const CLOSED_FEATURES = [
	'accelerometer',
	'autoplay',
	'browsing-topics',
	'camera',
	'clipboard-read',
	'compute-pressure',
	'display-capture',
	'encrypted-media',
	'gamepad',
	'geolocation',
	'gyroscope',
	'hid',
	'identity-credentials-get',
	'idle-detection',
	'interest-cohort',
	'keyboard-map',
	'local-fonts',
	'magnetometer',
	'microphone',
	'midi',
	'otp-credentials',
	'payment',
	'picture-in-picture',
	'publickey-credentials-create',
	'publickey-credentials-get',
	'screen-wake-lock',
	'serial',
	'storage-access',
	'usb',
	'window-management',
	'xr-spatial-tracking'
];
const closed = CLOSED_FEATURES.map((feature) => `${feature}=()`);

/** The pages keep writing to the clipboard (copy buttons) and full screen; the frame keeps nothing. */
export const PAGE_PERMISSIONS = [...closed, 'clipboard-write=(self)', 'fullscreen=(self)'].join(
	', '
);
const FRAME_PERMISSIONS = [...closed, 'clipboard-write=()', 'fullscreen=()'].join(', ');

export function frameHeaders(bootHash: string): Record<string, string> {
	return {
		'content-type': 'text/html; charset=utf-8',
		'content-security-policy': framePolicy(bootHash),
		// Asked again at each start (a short answer): a new version of the app never meets an old frame.
		'cache-control': 'no-cache',
		'cross-origin-resource-policy': 'same-origin',
		'permissions-policy': FRAME_PERMISSIONS,
		'referrer-policy': 'no-referrer',
		'x-content-type-options': 'nosniff',
		'x-dns-prefetch-control': 'off'
	};
}
