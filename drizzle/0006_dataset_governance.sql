CREATE TABLE `dataset_access` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`dataset_id` text NOT NULL,
	`version` integer NOT NULL,
	`person_id` text NOT NULL,
	`display_name` text NOT NULL,
	`way` text NOT NULL,
	`day` text NOT NULL,
	`readings` integer NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	FOREIGN KEY (`dataset_id`) REFERENCES `datasets`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `dataset_access_line` ON `dataset_access` (`dataset_id`,`day`,`person_id`,`version`,`way`);--> statement-breakpoint
CREATE INDEX `dataset_access_last` ON `dataset_access` (`dataset_id`,`last_at`);--> statement-breakpoint
CREATE INDEX `dataset_access_day` ON `dataset_access` (`day`);--> statement-breakpoint
ALTER TABLE `dataset_versions` ADD `recipe` text;--> statement-breakpoint
CREATE INDEX `dataset_versions_hash` ON `dataset_versions` (`hash`);--> statement-breakpoint
ALTER TABLE `datasets` ADD `about` text;--> statement-breakpoint
ALTER TABLE `datasets` ADD `columns_about` text;--> statement-breakpoint
ALTER TABLE `datasets` ADD `audience` text DEFAULT 'granted' NOT NULL;--> statement-breakpoint
ALTER TABLE `datasets` ADD `minimum_group` integer DEFAULT 10 NOT NULL;--> statement-breakpoint
ALTER TABLE `datasets` ADD `valid_until` text;--> statement-breakpoint
ALTER TABLE `datasets` ADD `purpose` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `datasets` ADD `acknowledgement` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `datasets` ADD `remuneration` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `datasets` ADD `purge_at` integer;--> statement-breakpoint
ALTER TABLE `datasets` ADD `purged_at` integer;