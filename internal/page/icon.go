package page

import "github.com/a-h/templ"

// IconName names a drawing of 24 by 24. Words always stand next to an icon.
type IconName string

// All icons. The name says what is drawn or meant, not where it is used.
const (
	NoIcon      IconName = ""
	IconAdd     IconName = "add"
	IconArrow   IconName = "arrow"
	IconBulb    IconName = "bulb"
	IconCheck   IconName = "check"
	IconClip    IconName = "clip"
	IconClock   IconName = "clock"
	IconCross   IconName = "cross"
	IconDot     IconName = "dot"
	IconDown    IconName = "down"
	IconEye     IconName = "eye"
	IconHand    IconName = "hand" // two hands: agreed
	IconInfo    IconName = "info"
	IconLock    IconName = "lock"
	IconMail    IconName = "mail"
	IconNotMe   IconName = "not-me"
	IconPage    IconName = "page"
	IconPen     IconName = "pen"
	IconPeople  IconName = "people"
	IconPerson  IconName = "person"
	IconPhone   IconName = "phone"
	IconPrint   IconName = "print"
	IconRing    IconName = "ring" // still open
	IconSand    IconName = "sand" // hourglass: soon
	IconSearch  IconName = "search"
	IconSpeech  IconName = "speech"
	IconUndo    IconName = "undo"
	IconWarning IconName = "warning"
)

var drawings = map[IconName]string{
	IconAdd:     `<path d="M12 5v14M5 12h14"/>`,
	IconArrow:   `<path d="M5 12h14m-6-6 6 6-6 6"/>`,
	IconBulb:    `<path d="M9 17.500c0-2.500-3-4-3-8a6 6 0 0 1 12 0c0 4-3 5.500-3 8zM9.500 21h5"/>`,
	IconCheck:   `<path d="m5 12.500 4.500 4.500L19 7.500"/>`,
	IconClip:    `<path d="m19.500 11.500-8 8a5 5 0 0 1-7-7l8.500-8.500a3.300 3.300 0 0 1 4.700 4.700l-8.200 8.200a1.600 1.600 0 0 1-2.300-2.300L14.500 7.500"/>`,
	IconClock:   `<circle cx="12" cy="12" r="8.500"/><path d="M12 7v5l3.500 2"/>`,
	IconCross:   `<path d="m6 6 12 12M18 6 6 18"/>`,
	IconDot:     `<circle cx="12" cy="12" r="3.500"/>`,
	IconDown:    `<path d="M12 4v11m-5-4.500 5 5 5-5M4.500 20h15"/>`,
	IconEye:     `<path d="M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12"/><circle cx="12" cy="12" r="3"/>`,
	IconHand:    `<path d="M3 8h4l5 2 4-2.500h5M3 17h3l5 3.500c1 .6 2 .3 2.500-.5l6-5.500H21M12 10l-2.500 3c1.500 1 3 .5 4-1l5 4.500"/>`,
	IconInfo:    `<circle cx="12" cy="12" r="8.500"/><path d="M12 11v5.500M12 7.500v.1"/>`,
	IconLock:    `<rect x="5" y="10.500" width="14" height="10" rx="2"/><path d="M8 10.500V8a4 4 0 0 1 8 0v2.500"/>`,
	IconMail:    `<rect x="3" y="5" width="18" height="14" rx="2.500"/><path d="m3.500 7 8.500 6.500L20.500 7"/>`,
	IconNotMe:   `<circle cx="12" cy="12" r="8.500"/><path d="m6 6 12 12"/>`,
	IconPage:    `<path d="M6 3h9l4 4v14H6zM15 3v4h4M9 11h7M9 14.500h7M9 18h4"/>`,
	IconPen:     `<path d="m4 20 1-4.500L16 4.500a2 2 0 0 1 3 0l.5.5a2 2 0 0 1 0 3L8.500 19zM14 7l3.500 3.500"/>`,
	IconPeople:  `<circle cx="9" cy="8.500" r="3.500"/><path d="M2.500 19.500c.7-3.500 3-5 6.500-5s5.800 1.500 6.500 5M16 5.500a3.500 3.500 0 0 1 0 6.500M18 15c2 .7 3 2.200 3.500 4.500"/>`,
	IconPerson:  `<circle cx="12" cy="8" r="4"/><path d="M4 20.500c1-4 4-6 8-6s7 2 8 6"/>`,
	IconPhone:   `<path d="M5 4h4l2 5-2.500 1.500a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A15 15 0 0 1 3 6a2 2 0 0 1 2-2"/>`,
	IconPrint:   `<path d="M7 9V3.500h10V9M7 17H4V9h16v8h-3M7 14h10v6.500H7z"/>`,
	IconRing:    `<circle cx="12" cy="12" r="7"/>`,
	IconSand:    `<path d="M7 3h10M7 21h10M8 3c0 5 8 6 8 9s-8 4-8 9M16 3c0 5-8 6-8 9s8 4 8 9"/>`,
	IconSearch:  `<circle cx="10.500" cy="10.500" r="6.500"/><path d="m15.500 15.500 5 5"/>`,
	IconSpeech:  `<path d="M4 5h16v11h-9l-5 4v-4H4z"/>`,
	IconUndo:    `<path d="M9 5 4 10l5 5M4 10h10a6 6 0 0 1 0 12h-3" transform="translate(0 -1.500)"/>`,
	IconWarning: `<path d="M12 4 2.500 20h19zM12 10v4.500M12 17.300v.1"/>`,
}

// Icon draws an icon; no icon draws nothing.
func Icon(name IconName) templ.Component { return icon(name, "gh-icon") }

func icon(name IconName, class string) templ.Component {
	drawing, ok := drawings[name]
	if !ok {
		return templ.NopComponent
	}
	return templ.Raw(`<svg class="` + class + `" viewBox="0 0 24 24" aria-hidden="true">` + drawing + `</svg>`)
}
