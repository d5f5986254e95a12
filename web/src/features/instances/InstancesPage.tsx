import { Page } from '../../ui/page.tsx';

export function InstancesPage() {
  return <Page title="Instances">{null}</Page>;
}
