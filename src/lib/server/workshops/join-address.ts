/** The address that a workshop's code opens, and the same as a QR code to scan from a screen across the room. */
import { encode } from 'uqr';

export interface QrPicture {
	/** Modules along a side, quiet zone included: the side of the view box. */
	readonly size: number;
	/** SVG path of the dark modules: digits and path letters alone, whatever the address. */
	readonly path: string;
}

/** The quiet zone that readers expect around a QR code. */
const QUIET = 4;

export function qrPicture(address: string): QrPicture {
	const { size, data } = encode(address, { ecc: 'M', border: QUIET });
	let path = '';
	data.forEach((row, y) => {
		for (let x = 0; x < row.length; x++) {
			if (!row[x]) continue;
			const from = x;
			while (row[x + 1]) x++;
			path += `M${from} ${y}h${x - from + 1}v1H${from}z`;
		}
	});
	return { size, path };
}
