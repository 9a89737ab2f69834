SELECT account, link FROM school_link
