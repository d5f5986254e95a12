import * as RadixTabs from 'radix-ui/tabs';
import type { ReactNode } from 'react';

export type Tab<T extends string> = {
  value: T;
  label: ReactNode;
  content: ReactNode;
};

type TabsProps<T extends string> = {
  label: string;
  tabs: readonly Tab<T>[];
  value: T;
  onValueChange: (value: T) => void;
};

/** The caller keeps the chosen tab, usually in the URL. */
export function Tabs<T extends string>({ label, tabs, value, onValueChange }: TabsProps<T>) {
  const change = (next: string) => {
    const tab = tabs.find((candidate) => candidate.value === next);
    if (tab !== undefined) onValueChange(tab.value);
  };
  return (
    <RadixTabs.Root value={value} onValueChange={change} className="flex min-h-0 flex-1 flex-col gap-3">
      <RadixTabs.List aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <RadixTabs.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px h-8 border-b-2 border-transparent px-3 whitespace-nowrap text-muted hover:text-text data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-text"
          >
            {tab.label}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      {tabs.map((tab) => (
        <RadixTabs.Content key={tab.value} value={tab.value} className="flex min-h-0 flex-1 flex-col gap-3">
          {tab.content}
        </RadixTabs.Content>
      ))}
    </RadixTabs.Root>
  );
}
