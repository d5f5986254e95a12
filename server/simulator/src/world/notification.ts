/** Something the platform tells every listener of the hub; wire names are given by the notification socket. */
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
