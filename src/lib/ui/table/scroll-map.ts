/**
 * Where a scroll bar stands for a table taller than browsers let a page be (Firefox: about 17 million pixels).
 * Below the cap a pixel of the bar is a pixel of the table; above it the bar is a ratio, and the wheel and the
 * keyboard move the table by true pixels.
 */
export const MAX_HEIGHT = 8_000_000;

export class ScrollMap {
	/** Of the rows, in pixels. */
	readonly height: number;
	/** Of what the scroll bar scrolls. */
	readonly scrollHeight: number;
	readonly capped: boolean;
	readonly #view: number;

	/** @param view height of the part of the table that is seen, in pixels */
	constructor(rows: number, rowHeight: number, view: number) {
		this.height = rows * rowHeight;
		this.capped = this.height > MAX_HEIGHT;
		this.scrollHeight = this.capped ? MAX_HEIGHT : this.height;
		this.#view = view;
	}

	/** The farthest the table can be moved. */
	get last(): number {
		return Math.max(0, this.height - this.#view);
	}

	/** Pixels of the table above the view, for a position of the scroll bar. */
	topOf(scrollTop: number): number {
		const most = Math.max(1, this.scrollHeight - this.#view);
		if (!this.capped) return this.clamp(scrollTop);
		return this.clamp((scrollTop / most) * this.last);
	}

	/** The position of the scroll bar for pixels of the table above the view. */
	scrollTopOf(top: number): number {
		if (!this.capped) return top;
		return (top / Math.max(1, this.last)) * Math.max(1, this.scrollHeight - this.#view);
	}

	clamp(top: number): number {
		return Math.min(this.last, Math.max(0, top));
	}
}
