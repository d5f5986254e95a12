import type { Command } from './commands.rules.ts';
import type { Entry } from './entries.rules.ts';
import { CommandItem, EntryItem, Group } from './items.tsx';
import { useOptions } from './use-options.ts';

type PaletteListProps = {
  text: string;
  onTextChange: (text: string) => void;
  groups: readonly { heading: string; entries: readonly Entry[] }[];
  commands: readonly Command[];
  onOpen: (entry: Entry) => void;
  onRun: (command: Command) => void;
};

/** The text field and what is found, group by group; what can be done comes last. */
export function PaletteList({ text, onTextChange, groups, commands, onOpen, onRun }: PaletteListProps) {
  const found = groups.flatMap(({ heading, entries }) =>
    entries.map((entry) => ({
      key: `${heading}:${entry.key}`,
      heading,
      entry,
      disabled: false,
      onSelect: () => onOpen(entry),
    })),
  );
  const options = useOptions([
    ...found,
    ...commands.map((command) => ({
      key: command.key,
      disabled: command.refusal !== null,
      onSelect: () => onRun(command),
    })),
  ]);
  const { active, listId, optionId } = options;
  const rowAt = (place: number, key: string) => ({ id: optionId(place), place, isActive: key === active });
  const entryRows = found.map(({ key, heading, entry }, place) => ({ heading, entry, ...rowAt(place, key) }));
  const commandRows = commands.map((command, at) => ({
    command,
    ...rowAt(found.length + at, command.key),
  }));
  return (
    <div className="flex min-h-0 flex-col gap-2">
      <input
        {...options.inputProps}
        // The palette opens for typing.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        type="text"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        aria-label="Find anything"
        value={text}
        onChange={({ target }) => {
          options.reset();
          onTextChange(target.value);
        }}
        placeholder="Name, id, address, or “restart api”"
        className="h-9 w-full rounded-md border border-line-strong bg-panel px-3 text-sm placeholder:text-muted"
      />
      {/* Of one height: what is found changes with each key, and nothing around it moves. */}
      <div className="relative h-[50vh] contain-strict">
        {entryRows.length + commandRows.length === 0 && (
          <output className="absolute inset-x-0 top-0 p-4 text-center text-muted">No matches.</output>
        )}
        <div {...options.listProps} aria-label="Found" className="h-full overflow-auto">
          {groups.map(({ heading }) => (
            <Group key={heading} id={`${listId}-${heading}`} heading={heading}>
              {entryRows
                .filter((row) => row.heading === heading)
                // By place: a row then only changes its words with each key, where another would be made anew.
                .map((row) => (
                  <EntryItem key={row.place} {...rowOf(row)} entry={row.entry} />
                ))}
            </Group>
          ))}
          <Group id={`${listId}-commands`} heading="Commands">
            {commandRows.map((row) => (
              <CommandItem key={row.place} {...rowOf(row)} command={row.command} />
            ))}
          </Group>
        </div>
      </div>
    </div>
  );
}

const rowOf = ({ id, place, isActive }: { id: string; place: number; isActive: boolean }) => ({
  id,
  place,
  isActive,
});
