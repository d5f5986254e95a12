import { Page } from '../../ui/page.tsx';

export function ContainerPage() {
  return <Page title="Container">{null}</Page>;
}
