/** How a cell is folded on one person's screen. */
export interface CellFold {
	readonly folded: boolean;
	/** How many cells stand under the heading that it begins with; null where it begins with none: it folds alone. */
	readonly section: number | null;
	/** What the button does, with what it does it to. */
	readonly label: string;
	/** A line to know it by while it is folded. */
	readonly excerpt: string;
	readonly toggle: () => void;
}
