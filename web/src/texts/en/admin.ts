export const admin = {
    title: "Administration",
    about: "The whole installation; you see this as an operator.",
    ready: "Readiness",
    queues: "Queues",
    queue_columns: { queue: "Queue", due: "Due", running: "Running", later: "Later", parked: "Parked", oldest: "Oldest due" },
    queues_none: "Nothing waits in any queue.",
    pause: "Pause",
    resume: "Resume",
    tenants: { title: "Tenants", about: "Every organization of this installation.", search: "Search by name or id", columns: { name: "Name", plan: "Plan", status: "Status", created: "Created" } },
    tenant: { save: "Save tenant", saved: "The tenant is saved", status: "Status", plan: "Plan", region: "Region", usage: "Usage this month", join: "Join as owner", joined: "You are a member; sign in again to switch there" },
    jobs: { title: "All jobs", about: "Jobs of all organizations that have not completed.", empty: "Every job is done" },
    mails: { title: "Mails", about: "The mails in the folder; there are none where an SMTP server is set.", empty: "No mails", empty_about: "Mails that would be sent stand here while no SMTP server is set.", search: "Search by address or subject", columns: { subject: "Subject", to: "To", kind: "Kind", created: "Created" } },
};
