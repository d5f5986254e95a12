export type Notification = {
  topic: string;
  id: string;
  state?: string;
  previous?: string;
  error?: string;
  label?: string;
  accountId?: string;
  environmentIds?: string[];
  containerIds?: string[];
  virtualMachineIds?: string[];
  dnsZoneIds?: string[];
  annotations?: Record<string, string>;
};
