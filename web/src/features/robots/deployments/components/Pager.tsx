import { Button } from '../../../../ui/button.tsx';
import { Select } from '../../../../ui/select.tsx';
import { useRobotsSearch } from '../../search.ts';

type PagerProps = {
  page: number;
  pages: number;
  from: number;
  shown: number;
  total: number;
};

const sizes = [
  { value: '', label: 'All on one page' },
  { value: '25', label: '25 a page' },
  { value: '50', label: '50 a page' },
  { value: '100', label: '100 a page' },
];

export function Pager({ page, pages, from, shown, total }: PagerProps) {
  const [search, setSearch] = useRobotsSearch();
  const turn = (to: number) => setSearch({ page: to === 1 ? undefined : to });
  const size = search.max_per_page === undefined ? '' : String(search.max_per_page);
  // A page size typed into the URL stays among the choices.
  const options = sizes.some(({ value }) => value === size)
    ? sizes
    : [...sizes, { value: size, label: `${size} a page` }];
  return (
    <nav aria-label="Pages of robots" className="flex flex-wrap items-center justify-end gap-2">
      {pages > 1 && (
        <>
          <output className="text-muted">
            {from}–{from + shown - 1} of {total.toLocaleString('en')}
          </output>
          <Button
            size="sm"
            disabledReason={page === 1 ? 'This is the first page' : undefined}
            onClick={() => turn(page - 1)}
          >
            Previous
          </Button>
          <Button
            size="sm"
            disabledReason={page === pages ? 'This is the last page' : undefined}
            onClick={() => turn(page + 1)}
          >
            Next
          </Button>
        </>
      )}
      <Select
        aria-label="Robots per page"
        value={size}
        options={options}
        onValueChange={(next) =>
          setSearch({ max_per_page: next === '' ? undefined : Number(next), page: undefined })
        }
      />
    </nav>
  );
}
