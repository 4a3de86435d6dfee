/** Takes a chart out of the page: an SVG file, a PNG, or an image on the clipboard. Loaded when it is asked for. */
import { saveFile } from '$lib/client/save-file';
import type { Picture } from '$lib/core/protocol/messages';
import { slugOf } from '$lib/core/report/slug';
import { m } from '$lib/paraglide/messages';
import { exportSvg, type ChartWords } from './export-svg';

/** Pixels of a PNG for one of the drawing. */
const DENSITY = 2;
/** A canvas holds no more, in pixels: its side, and all of it. */
const MAX_SIDE = 16_000;
const MAX_AREA = 60_000_000;

function drawn(picture: Picture, words: ChartWords) {
	const context = document.createElement('canvas').getContext('2d');
	return exportSvg(picture, words, (text, font) => {
		if (!context) return text.length * 7;
		context.font = font;
		return context.measureText(text).width;
	});
}

const fileName = ({ title }: ChartWords, extension: string): string =>
	`${slugOf(title) || m.chart_file_name()}.${extension}`;

export function saveSvg(picture: Picture, words: ChartWords): void {
	const { svg } = drawn(picture, words);
	const whole = `<?xml version="1.0" encoding="UTF-8"?>\n${svg}\n`;
	saveFile(fileName(words, 'svg'), new Blob([whole], { type: 'image/svg+xml' }));
}

export async function savePng(picture: Picture, words: ChartWords): Promise<void> {
	saveFile(fileName(words, 'png'), await pngOf(picture, words));
}

/** Whether this browser lets a page put an image on the clipboard. */
export const canCopy = (): boolean =>
	typeof ClipboardItem !== 'undefined' && typeof navigator.clipboard?.write === 'function';

export async function copyPng(picture: Picture, words: ChartWords): Promise<void> {
	// The promise itself: some browsers want the clipboard asked for in the turn of the click.
	const item = new ClipboardItem({ 'image/png': pngOf(picture, words) });
	await navigator.clipboard.write([item]);
}

async function pngOf(picture: Picture, words: ChartWords): Promise<Blob> {
	const { svg, width, height } = drawn(picture, words);
	const scale = Math.min(
		DENSITY,
		MAX_SIDE / Math.max(width, height),
		Math.sqrt(MAX_AREA / (width * height))
	);
	const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
	try {
		const image = new Image();
		image.src = url;
		await image.decode();
		const canvas = document.createElement('canvas');
		canvas.width = Math.round(width * scale);
		canvas.height = Math.round(height * scale);
		const context = canvas.getContext('2d');
		if (!context) throw new Error('no canvas');
		context.drawImage(image, 0, 0, canvas.width, canvas.height);
		return await new Promise<Blob>((resolve, reject) =>
			canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no image'))), 'image/png')
		);
	} finally {
		URL.revokeObjectURL(url);
	}
}
