import { useState } from "react";
import { ApiError } from "@/api/problem";
import { Badge, Status } from "@/ui/badge";
import { Button, ButtonLink } from "@/ui/button";
import { Checkbox, NumberField, SelectField, Switch, TextArea, TextField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { Note } from "@/ui/note";
import { CopyableId } from "@/ui/copyable_id";
import { RelativeTime } from "@/ui/relative_time";
import { Part } from "./gallery_page";

const states = ["completed", "running", "waiting", "pending", "failed", "cancelled", "paused", "suspended", "trial"];

export function ControlParts() {
    return (
        <>
            <Part title="Buttons">
                <div className="flex flex-wrap items-center gap-2">
                    <Button kind="primary" icon="plus">
                        New key
                    </Button>
                    <Button icon="refresh">Rotate</Button>
                    <Button kind="quiet">Start again</Button>
                    <Button kind="danger">Revoke key</Button>
                    <Button kind="primary" is_busy>
                        Create key
                    </Button>
                    <Button disabled>Not now</Button>
                    <Button icon="more" aria-label="More actions" />
                    <Button size="small" icon="download">
                        CSV
                    </Button>
                    <ButtonLink to="/ui">A link</ButtonLink>
                </div>
            </Part>
            <Part title="Badges, states, ids and times">
                <div className="mb-3 flex flex-wrap gap-2">
                    <Badge>plain</Badge>
                    <Badge tone="accent">accent</Badge>
                    <Badge tone="operator">Operator</Badge>
                    <Badge tone="good">exact</Badge>
                    <Badge tone="caution">needs-review</Badge>
                    <Badge tone="bad">not-translated</Badge>
                    <Badge tone="info">note</Badge>
                </div>
                <div className="mb-3 flex flex-wrap gap-4">
                    {states.map((state) => (
                        <Status key={state} state={state} />
                    ))}
                </div>
                <div className="flex flex-wrap gap-6">
                    <CopyableId id="key_01m8q72zaee9v8hn4xj5djwvyp" />
                    <RelativeTime time={new Date(Date.now() - 3 * 3_600_000).toISOString()} />
                    <RelativeTime time={null} />
                </div>
            </Part>
            <Part title="Notes">
                <div className="grid gap-2 md:grid-cols-2">
                    <Note tone="info">Your session has ended. Sign in to go on where you were.</Note>
                    <Note tone="good">Every model ran and each test passed.</Note>
                    <Note tone="caution">Some of the newest are not counted yet.</Note>
                    <Note tone="bad" request_id="req_01m8q73g39ehq9adsp5jcvqc2m">
                        The migration has no project yet; its status is running.
                    </Note>
                </div>
            </Part>
        </>
    );
}

const limits = {
    name: { required: true, maxLength: 100 },
    count: { required: true, minimum: 1, maximum: 10_000_000 },
} as const;

export function FormParts() {
    const form = useForm<{ name: string; count: number | null; role: string; notes: string }>({
        limits,
        initial: { name: "", count: null, role: "user", notes: "" },
        send: () =>
            Promise.reject(
                new ApiError({
                    title: "The input is not valid",
                    status: 422,
                    code: "invalid_input",
                    detail: "The input is not valid.",
                    errors: [{ pointer: "/name", message: "is taken already" }],
                    request_id: "req_01m8q73g39ehq9adsp5jcvqc2m",
                }),
            ),
    });
    const [is_on, set_on] = useState(true);
    const [is_off, set_off] = useState(false);
    return (
        <Part title="Forms">
            <div className="grid gap-8 md:grid-cols-2">
                <Form form={form} action="Create">
                    <TextField {...form.field("name")} label="Name" help="What it is for." />
                    <NumberField {...form.field("count")} label="Requests" unit="in a minute" />
                    <SelectField
                        {...form.field("role")}
                        label="Role"
                        choices={[
                            { value: "user", label: "Member" },
                            { value: "org_admin", label: "Administrator" },
                        ]}
                    />
                    <TextArea {...form.field("notes")} label="Notes" is_optional />
                </Form>
                <div className="flex flex-col gap-4">
                    <Switch
                        name="switch-on"
                        label="Paused"
                        help="Makes nothing by its times."
                        value={is_on}
                        change={set_on}
                    />
                    <Switch name="switch-off" label="Billable" value={is_off} change={set_off} />
                    <Checkbox name="check-on" label="Read" value={is_on} change={set_on} />
                    <Checkbox
                        name="check-off"
                        label="Write"
                        help="Start migrations, answer, send usage."
                        value={is_off}
                        change={set_off}
                    />
                    <Checkbox name="check-no" label="Not for this role" value={false} change={set_off} is_disabled />
                    <TextField
                        name="broken"
                        label="A field with a fault"
                        value="ada@"
                        change={() => undefined}
                        fault="It is not an e-mail address."
                        limit={{}}
                    />
                </div>
            </div>
        </Part>
    );
}
